let audio: AudioContext | undefined;

/** Heard without looking: one high tone for right, two low ones for wrong. Silent where the browser has no sound. */
export function beep(right: boolean): void {
  try {
    audio ??= new AudioContext();
    if (right) tone(audio, 880, 0, 0.12, 'sine');
    else for (const at of [0, 0.25]) tone(audio, 196, at, 0.2, 'square');
  } catch {
    // The verdict stands on the screen, big enough.
  }
}

function tone(
  context: AudioContext,
  hertz: number,
  after: number,
  seconds: number,
  type: OscillatorType,
): void {
  const oscillator = context.createOscillator();
  const volume = context.createGain();
  oscillator.type = type;
  oscillator.frequency.value = hertz;
  volume.gain.value = 0.15;
  oscillator.connect(volume).connect(context.destination);
  oscillator.start(context.currentTime + after);
  oscillator.stop(context.currentTime + after + seconds);
}
