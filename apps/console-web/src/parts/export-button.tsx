import { Button, Progress } from '@mantine/core';
import { useState } from 'react';
import { headersOf, type Scope } from '../api/client';
import { asProblem, problemOf } from '../api/problem';
import { fill, useSpeech } from '../texts/texts';
import { Failure } from './answer';
import { Icon } from './icon';

/** How much of a file has come. */
interface Come {
  readonly bytes: number;
  readonly lines: number;
}
const NEW_LINE = 10;

/** Fetches a file piece by piece, telling how much has come, and hands it to the browser to keep. */
async function fetchFile(path: string, scope: Scope | null, onProgress: (come: Come) => void): Promise<Blob> {
  const response = await fetch(path, { headers: headersOf(scope, 'GET') });
  if (!response.ok || response.body === null) throw problemOf(response, await response.json().catch(() => null));
  const pieces: BlobPart[] = [];
  let [bytes, lines] = [0, 0];
  const reader = response.body.getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    pieces.push(step.value);
    bytes += step.value.length;
    for (const byte of step.value) if (byte === NEW_LINE) lines += 1;
    onProgress({ bytes, lines });
  }
  return new Blob(pieces, { type: 'text/csv' });
}

/** `rows`: how many lines are to come, where that is known, so that how far it is can be shown. */
export function ExportButton(props: {
  readonly path: string;
  readonly name: string;
  readonly scope: Scope | null;
  readonly rows?: number;
}) {
  const { t, count } = useSpeech();
  const [come, setCome] = useState<Come | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const run = async () => {
    setError(null);
    setCome({ bytes: 0, lines: 0 });
    try {
      const url = URL.createObjectURL(await fetchFile(props.path, props.scope, setCome));
      const link = document.createElement('a');
      link.href = url;
      link.download = props.name;
      link.click();
      URL.revokeObjectURL(url);
    } catch (refused) {
      setError(asProblem(refused));
    } finally {
      setCome(null);
    }
  };
  const percent = come === null || !props.rows ? null : Math.min(100, Math.round((come.lines / props.rows) * 100));
  return (
    <>
      <Button
        variant="default"
        leftSection={<Icon name="download" size={16} />}
        disabled={come !== null}
        onClick={() => void run()}
      >
        {come === null
          ? t.common.export
          : percent === null
            ? fill(t.common.exporting, { kb: count(Math.ceil(come.bytes / 1_024)) })
            : `${count(percent)} %`}
      </Button>
      {percent !== null && <Progress className="export-progress" value={percent} aria-label={t.common.export} />}
      {error !== null && <Failure error={error} />}
    </>
  );
}
