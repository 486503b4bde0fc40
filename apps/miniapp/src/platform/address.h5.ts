import type { ChooseAddress } from './types';

/** A browser has no address book to ask: the page's own form is all there is. */
export const canChooseAddress = false;

export const chooseAddress: ChooseAddress = () => Promise.resolve(undefined);
