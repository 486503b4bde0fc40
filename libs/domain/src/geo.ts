/** How far two places are from one another, for "nearest hall first". */
export interface GeoPlace {
  /** Degrees north. */
  readonly latitude: number;
  /** Degrees east. */
  readonly longitude: number;
}

/** Mean radius of the earth (IUGG R1). */
const EARTH_METRES = 6_371_009;

/** Along the straight line over the ground (haversine), whole metres: a hint, not a way to walk. */
export function distanceMetres(a: GeoPlace, b: GeoPlace): number {
  const half = (degrees: number) => Math.sin((degrees * Math.PI) / 360) ** 2;
  const across = Math.cos((a.latitude * Math.PI) / 180) * Math.cos((b.latitude * Math.PI) / 180);
  const chord = half(b.latitude - a.latitude) + across * half(b.longitude - a.longitude);
  return Math.round(2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(chord))));
}

/** '约 300 米', '约 1.2 公里', '约 12 公里'. */
export function formatDistance(metres: number): string {
  if (metres < 1_000) return `约 ${Math.max(100, Math.round(metres / 100) * 100)} 米`;
  const kilometres = metres / 1_000;
  return `约 ${kilometres < 10 ? kilometres.toFixed(1) : Math.round(kilometres)} 公里`;
}
