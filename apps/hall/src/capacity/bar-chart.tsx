import { useEffect, useRef, useState } from 'react';
import { layOut, type Column } from './bars.js';

const HEIGHT = 220;
const LEFT = 44;
const BELOW = 28;
const ABOVE = 10;

/**
 * Places (outline), taken ones (filled) and people who did not come (hatched), a column each. It is a picture for those who see it;
 * its words and the table below it say the same to those who don't.
 */
export function BarChart({ columns, label }: { columns: readonly Column[]; label: string }) {
  const [box, width] = useWidth(900);
  const chart = layOut(columns, Math.max(1, width - LEFT), HEIGHT, 52);
  const ground = ABOVE + HEIGHT;
  return (
    <div ref={box}>
      <svg className="bars" width={width} height={ground + BELOW} role="img" aria-label={label}>
        <defs>
          <pattern
            id="bars-missed"
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect className="bars-hatch" width="3" height="6" />
          </pattern>
        </defs>
        {chart.lines.map(({ value, height }) => (
          <g key={value}>
            <line className="bars-line" x1={LEFT} x2={width} y1={ground - height} y2={ground - height} />
            <text className="bars-text" x={LEFT - 8} y={ground - height + 4} textAnchor="end">
              {value}
            </text>
          </g>
        ))}
        {chart.bars.map((bar) => (
          <g key={bar.key} transform={`translate(${LEFT} 0)`}>
            <rect
              className="bars-taken"
              x={bar.x}
              y={ground - bar.taken}
              width={bar.width}
              height={bar.taken}
            />
            <rect
              className="bars-missed"
              x={bar.x}
              y={ground - bar.missed}
              width={bar.width}
              height={bar.missed}
              fill="url(#bars-missed)"
            />
            <rect
              className="bars-capacity"
              x={bar.x}
              y={ground - bar.capacity}
              width={bar.width}
              height={bar.capacity}
            />
            {bar.labelled && (
              <text className="bars-text" x={bar.middle} y={ground + 20} textAnchor="middle">
                {bar.label}
              </text>
            )}
          </g>
        ))}
      </svg>
    </div>
  );
}

/** The width an element really has, so that text in a picture keeps its size. */
function useWidth(before: number) {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(before);
  useEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width] as const;
}
