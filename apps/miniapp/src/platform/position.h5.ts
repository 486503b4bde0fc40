import type { FindPosition } from './types';

const WAIT_MS = 8_000;
/** Nobody travels across a city in five minutes. */
const OLD_MS = 300_000;

export const findPosition: FindPosition = () =>
  new Promise((resolve) => {
    // Missing where the page did not come over https.
    if (!('geolocation' in navigator)) {
      resolve(undefined);
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => resolve({ latitude, longitude }),
      () => resolve(undefined),
      { enableHighAccuracy: false, timeout: WAIT_MS, maximumAge: OLD_MS },
    );
  });
