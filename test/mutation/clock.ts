// Nothing takes any time: what a busy machine does to a limit of milliseconds must kill no mutant.
performance.now = () => 0;
