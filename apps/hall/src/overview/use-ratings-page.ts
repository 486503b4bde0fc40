import { useState } from 'react';
import { client } from '../api/client.js';
import { usePages } from '../common/use-pages.js';

export function useRatingsPage() {
  const [onlyNegative, setOnlyNegative] = useState(false);
  const pages = usePages(String(onlyNegative), (cursor) =>
    client.ratings.listOfHall({
      ...(onlyNegative && { negative: 'true' as const }),
      ...(cursor && { cursor }),
    }),
  );
  return { onlyNegative, setOnlyNegative, pages };
}
