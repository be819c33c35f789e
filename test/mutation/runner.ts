// After the first failure the files that are left are not even loaded: a mutant is dead by then.
import { TestRunner } from 'vitest';

export default class StopsAtOnce extends TestRunner {
  private isStopped = false;

  override importFile(filepath: string, source: 'collect' | 'setup'): unknown {
    return this.isStopped && source === 'collect' ? undefined : super.importFile(filepath, source);
  }

  override cancel(reason: Parameters<TestRunner['cancel']>[0]): void {
    this.isStopped = true;
    super.cancel(reason);
  }
}
