import type { Today } from '../api/shapes';
import { useSpeech } from '../texts/texts';

const HEIGHT = 64;
const WIDTH = 24;

type ByHour = Today['received']['by_hour'];

/** Two bars an hour: today before the same weekday; the tallest hour is the scale. */
export function Hours({ hours }: { readonly hours: ByHour }) {
  const { t, money } = useSpeech();
  const currency = hours.today[0]?.currency ?? hours.last_week[0]?.currency;
  if (currency === undefined) return null;
  const sums = (rows: ByHour['today']) =>
    Array.from({ length: 24 }, (_, hour) =>
      Number(rows.find((row) => row.hour === hour && row.currency === currency)?.amount ?? 0),
    );
  const [now, then] = [sums(hours.today), sums(hours.last_week)];
  const tallest = Math.max(1, ...now, ...then);
  const bar = (sum: number) => Math.round((sum / tallest) * HEIGHT);
  return (
    <svg className="hours" viewBox={`0 0 ${24 * WIDTH} ${HEIGHT + 18}`} role="img" aria-label={t.today.byHour}>
      {now.map((sum, hour) => (
        <g key={hour} transform={`translate(${hour * WIDTH} 0)`}>
          <title>
            {`${hour}:00 · ${money(sum.toFixed(2), currency)} · ${t.today.lastWeek} ` +
              `${money(then[hour]!.toFixed(2), currency)}`}
          </title>
          <rect className="bar-then" x={2} y={HEIGHT - bar(then[hour]!)} width={9} height={bar(then[hour]!)} rx={2} />
          <rect className="bar-now" x={12} y={HEIGHT - bar(sum)} width={9} height={bar(sum)} rx={2} />
          {hour % 6 === 0 && (
            <text x={2} y={HEIGHT + 14}>
              {hour}:00
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}
