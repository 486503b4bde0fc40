/** Straight line on the ground between two places in degrees, by the haversine formula; for "nearest first" it is near enough. */
export interface GeoPoint {
  readonly latitude: number;
  readonly longitude: number;
}

const EARTH_METRES = 6_371_000;

/** Whole metres. */
export function distanceMetres(a: GeoPoint, b: GeoPoint): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const dLat = rad(b.latitude - a.latitude);
  const dLon = rad(b.longitude - a.longitude);
  const h =
    Math.sin(dLat / 2) ** 2 + Math.cos(rad(a.latitude)) * Math.cos(rad(b.latitude)) * Math.sin(dLon / 2) ** 2;
  return Math.round(2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(h))));
}
