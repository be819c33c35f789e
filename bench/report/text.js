// @ts-check
// Figures as a reader wants them: three digits, and a unit.

/** @param {number} value */
export function count(value) {
  if (value >= 1e6) return `${digits(value / 1e6)} M`;
  if (value >= 1e3) return `${digits(value / 1e3)} k`;
  return digits(value);
}

/** @param {number | null} size */
export function sizeText(size) {
  if (size === null) return '';
  if (size >= 1_048_576 && size % 1_048_576 === 0) return `${size / 1_048_576} MiB`;
  if (size >= 1024 && size % 1024 === 0) return `${size / 1024} KiB`;
  return `${size} B`;
}

/** @param {number} microseconds */
export function timeText(microseconds) {
  if (microseconds >= 1e6) return `${microseconds / 1e6} s`;
  return microseconds >= 1000 ? `${microseconds / 1000} ms` : `${microseconds} µs`;
}

/** Two or three digits that count. @param {number} value */
export function digits(value) {
  if (value >= 100) return value.toFixed(0);
  if (value >= 10) return value.toFixed(1);
  return value >= 0.1 ? value.toFixed(2) : value.toPrecision(2);
}

/** The name of a case, with its size. @param {{ case: string, size: number | null, unit?: string | undefined }} row */
export function title({ case: name, size, unit }) {
  if (size === null) return name;
  return `${name}, ${unit === 'keys' ? `${size} ${size === 1 ? 'key' : 'keys'}` : sizeText(size)}`;
}
