// Certificates and signed messages of scripts/keys/callbacks.py.
import { readFileSync } from 'node:fs';

interface Callbacks {
  readonly paypal: {
    readonly root: string;
    readonly chain: string;
    readonly others: Readonly<Record<string, string>>;
    readonly privateKey: string;
    readonly webhookId: string;
    readonly id: string;
    readonly time: string;
    readonly body: string;
    readonly sha256: string;
    readonly sha1: string;
  };
  readonly sns: {
    readonly certificate: string;
    readonly privateKey: string;
    readonly topicArn: string;
    readonly bodies: Readonly<Record<string, string>>;
  };
}

export const callbacks = JSON.parse(
  readFileSync(new URL('callbacks.json', import.meta.url), 'utf8'),
) as Callbacks;
