/**
 * The time of a message against the clock of its receiver.
 *
 * @module
 */
import { createBuild } from '../build.js';
import type { AnyDescription } from '../description.js';
import { rfc3339, type TimeUnit, unixMilliseconds, unixSeconds } from '../time.js';
import { type Case, type Found, proved, seen } from './case.js';
import type { FaultCode } from './codes.js';
import { mapSlot } from './map-slot.js';
import { callOf } from './slots.js';
import { orNone } from './try.js';

/** How old a message is, as far as it says so. */
export interface Age {
  /** Seconds; negative for a time to come. */
  readonly seconds: number;
  readonly unit: TimeUnit;
}

/** What a message says, in whichever unit. */
export function ageOf(at: Case, description: AnyDescription): Age | undefined {
  const { time } = description;
  if (time === undefined) return undefined;
  const text = timeText(at, description);
  if (text === undefined) return undefined;
  for (const unit of [time.unit, unixSeconds, unixMilliseconds, rfc3339]) {
    const made = orNone(() => unit.read(text));
    if (made !== undefined) return { seconds: at.now - made, unit };
  }
  return undefined;
}

/** What is wrong with the time, whatever the signature is. */
export function* timeFaults(
  at: Case,
  description: AnyDescription,
  tolerance: number | undefined,
): Iterable<Found> {
  const { time } = description;
  if (time === undefined || timeText(at, description) === undefined) return;
  const age = ageOf(at, description);
  if (age === undefined) {
    yield seen('TIME_FORM', `expected ${time.unit.name}`);
    return;
  }
  if (age.unit !== time.unit) {
    yield seen(unitCode(age.unit), `expected ${time.unit.name}`);
    return;
  }
  const past = tolerance ?? time.past;
  const future = tolerance ?? time.future;
  const isWithin = (most: number, value: number) =>
    time.edge === 'exclusive' ? value < most : value <= most;
  if (!isWithin(past, age.seconds)) {
    yield {
      code: 'TIME_OLD',
      how: 'seen',
      detail: `${rounded(age.seconds)}; ${past} seconds are taken`,
    };
  } else if (!isWithin(future, -age.seconds)) {
    const detail = `by ${rounded(-age.seconds)}; ${future} seconds are taken`;
    yield seen('TIME_AHEAD', detail);
  } else return;
  if (isZone(age.seconds)) yield seen('CLOCK_ZONE');
}

/** The time as the sender may have signed it, in another unit than it sent. */
export function* timeTexts(at: Case, description: AnyDescription): Iterable<Found> {
  const { time } = description;
  if (time === undefined) return;
  const changes: readonly (readonly [FaultCode, (text: string) => string])[] = [
    ['TIME_MILLISECONDS', (text) => text.replace(/^(\d{10})\d{3}$/, '$1')],
    ['TIME_SECONDS', (text) => text.replace(/^\d{10}$/, '$&000')],
  ];
  for (const [code, change] of changes) {
    const text = timeText(at, description);
    if (text === undefined || change(text) === text) continue;
    if (!at.holds({ description: mapSlot(description, time.slot, change) })) continue;
    yield proved(code, 'the signed one is in the unit of the scheme');
  }
}

/** About how long: the time itself stands in the message, and is not repeated. */
export function rounded(seconds: number): string {
  for (const [name, size] of UNITS) {
    if (seconds < 2 * size && name !== 'seconds') continue;
    return `about ${Math.round(seconds / size)} ${name}`;
  }
  return 'no time';
}

const UNITS = [
  ['years', 31_557_600],
  ['days', 86_400],
  ['hours', 3600],
  ['minutes', 60],
  ['seconds', 1],
] as const;

function unitCode(unit: TimeUnit): FaultCode {
  if (unit === unixMilliseconds) return 'TIME_MILLISECONDS';
  return unit === unixSeconds ? 'TIME_SECONDS' : 'TIME_FORM';
}

/** Zones differ by quarters of an hour, up to 14 hours; two clocks that are set by some seconds. */
function isZone(seconds: number): boolean {
  const distance = Math.abs(seconds);
  const rest = distance % 900;
  return distance >= 1800 && distance <= 50_400 + 30 && Math.min(rest, 900 - rest) <= 30;
}

/** The text of the time, where there is one. */
function timeText(at: Case, description: AnyDescription): string | undefined {
  const { time } = description;
  if (time === undefined) return undefined;
  // Not of the unit, it is text all the same.
  const build = createBuild({
    ...description,
    time: undefined,
    freshness: 'none',
  });
  const text = orNone(() => build.slot(time.slot)(callOf(at)));
  return text === '' ? undefined : text;
}
