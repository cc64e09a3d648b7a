import { Button } from '@mantine/core';
import { useState } from 'react';
import { headersOf, type Scope } from '../api/client';
import { asProblem, problemOf } from '../api/problem';
import { fill, useSpeech } from '../texts/texts';
import { Failure } from './answer';
import { Icon } from './icon';

/** Fetches a file piece by piece, telling how much has come, and hands it to the browser to keep. */
async function fetchFile(path: string, scope: Scope | null, told: (bytes: number) => void): Promise<Blob> {
  const response = await fetch(path, { headers: headersOf(scope, 'GET') });
  if (!response.ok || response.body === null) throw problemOf(response, await response.json().catch(() => null));
  const pieces: BlobPart[] = [];
  let bytes = 0;
  const reader = response.body.getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    pieces.push(step.value);
    bytes += step.value.length;
    told(bytes);
  }
  return new Blob(pieces, { type: 'text/csv' });
}

export function ExportButton(props: { readonly path: string; readonly name: string; readonly scope: Scope | null }) {
  const { t, count } = useSpeech();
  const [bytes, setBytes] = useState<number | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const run = async () => {
    setError(null);
    setBytes(0);
    try {
      const url = URL.createObjectURL(await fetchFile(props.path, props.scope, setBytes));
      const link = document.createElement('a');
      link.href = url;
      link.download = props.name;
      link.click();
      URL.revokeObjectURL(url);
    } catch (refused) {
      setError(asProblem(refused));
    } finally {
      setBytes(null);
    }
  };
  return (
    <>
      <Button
        variant="default"
        leftSection={<Icon name="download" size={16} />}
        disabled={bytes !== null}
        onClick={() => void run()}
      >
        {bytes === null ? t.common.export : fill(t.common.exporting, { kb: count(Math.ceil(bytes / 1_024)) })}
      </Button>
      {error !== null && <Failure error={error} />}
    </>
  );
}
