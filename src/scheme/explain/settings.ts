/**
 * Settings: what is configured and signed, and no message carries.
 *
 * @module
 */
import type { Settings } from '../message.js';
import { type Case, type Found, proved, seen } from './case.js';

/** Settings that were not given, or that are no text. */
export function* settingSights(
  names: readonly string[],
  settings: Settings | undefined,
): Iterable<Found> {
  for (const name of names) {
    const value: unknown = settings?.[name];
    if (typeof value === 'string' && value !== '') continue;
    yield seen('SETTING_MISSING', `setting ${name}`);
  }
}

/** Settings that would verify. */
export function* settingFaults(at: Case, others: readonly Settings[]): Iterable<Found> {
  const { settings } = at;
  if (settings !== undefined) {
    const bare = Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [name, value.trim()]),
    );
    const changed = Object.keys(bare).filter((name) => bare[name] !== settings[name]);
    if (changed.length > 0 && at.holds({ settings: bare })) {
      yield proved('SETTING_BLANKS', `setting ${changed.join(', ')}`);
    }
  }
  for (const [i, other] of others.entries()) {
    if (!at.holds({ settings: { ...settings, ...other } })) continue;
    yield proved('SETTING_OTHER', `number ${i + 1} of them`);
    return;
  }
}
