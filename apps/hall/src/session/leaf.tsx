/** The one drawn motif: a leaf of the banyan that the demo city is named after. */
export function Leaf({ size }: { size: number }) {
  return (
    <svg className="leaf" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      <path d="M12 21v-9M12 18C6.5 18 4 14 4 9.5 4 6 8 3 12 3s8 3 8 6.5C20 14 17.5 18 12 18ZM12 15l-3.5-3M12 12.5l3.5-2.5" />
    </svg>
  );
}
