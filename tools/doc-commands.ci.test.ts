import { afterAll, beforeAll, describe, test } from 'vitest';
import { pages } from './doc-commands/pages.ts';
import { follow } from './doc-commands/reader.ts';
import { type Checkout, openCheckout } from './fixtures/checkout.ts';

/** With everything that plays: the launch day once, and the short scenarios that the pages write. */
describe('the pages, followed word by word', () => {
  let checkout: Checkout;
  beforeAll(async () => {
    checkout = await openCheckout();
  });
  afterAll(() => checkout.remove());

  test.each(pages.map((page) => [page.path, page] as const))('%s', { timeout: 600_000 }, (_path, page) =>
    follow(page, checkout, { plays: true }),
  );
});
