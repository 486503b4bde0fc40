/** ULID, see `IdPrimary` in ../columns.ts; the entities and these tables are compared by a test. */
export const id = 'char(26) CHARACTER SET ascii COLLATE ascii_bin';
export const blind = 'char(64) CHARACTER SET ascii COLLATE ascii_bin';
export const cipher = (length: number) => `varchar(${length}) CHARACTER SET ascii COLLATE ascii_bin`;
/** Binary collation: a name is found as it is written, and a unique key on people's text never folds two into one. */
export const table = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin';
