import { z } from 'zod';

/** A ULID: 26 characters, sortable by time. */
export const Id = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, '编号格式不正确');
export type Id = z.infer<typeof Id>;

/** An instant in UTC, ISO 8601. */
export const Instant = z.iso.datetime();

/** A local day in the hall's time zone, `2026-07-14`. */
export const Day = z.iso.date();

/** A local time of day, `09:30`. */
export const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** Chosen by the client, one per intended act, so that a retry gets the first answer. */
export const RequestId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/, '请求编号格式不正确');

export const Fen = z.number().int().nonnegative();

export const Duration = z.object({
  value: z.number().int().nonnegative(),
  unit: z.enum(['minute', 'hour', 'workday']),
});
export type Duration = z.infer<typeof Duration>;

/** Free text from people: trimmed, without control characters, at most `max` characters. */
export const text = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `最多 ${max} 个字`)
    .refine((value) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(value), '含有不能识别的字符');

export const requiredText = (max: number) => text(max).min(1, '请填写');

/** Paging by an opaque cursor: the last id of the page before. */
export const PageQuery = {
  cursor: Id.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
};

export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: Id.nullable() });

/** Query strings carry flags as text. */
export const Flag = z.enum(['true', 'false']).transform((value) => value === 'true');

export const Empty = z.object({});
export const Done = z.object({ ok: z.literal(true) });
export type Done = z.infer<typeof Done>;

export const StaffRole = z.enum(['clerk', 'courier_desk', 'manager', 'admin', 'display']);
export type StaffRole = z.infer<typeof StaffRole>;
