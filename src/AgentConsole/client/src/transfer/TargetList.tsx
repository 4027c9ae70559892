import { Radio, Stack, Text } from '@mantine/core';
import { useId } from 'react';
import type { TransferTarget } from './targets';

interface TargetListProps {
  readonly title: string;
  readonly targets: readonly TransferTarget[];
  readonly empty: string;
}

export function TargetList({ title, targets, empty }: TargetListProps) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id}>
      <Text id={id} size="sm" fw={600} mb={6}>
        {title}
      </Text>
      {targets.length === 0 && (
        <Text size="sm" c="dimmed">
          {empty}
        </Text>
      )}
      <Stack gap="xs">
        {targets.map((target) => (
          <Radio
            key={target.key}
            value={target.key}
            disabled={!target.isPossible}
            label={<bdi>{target.name}</bdi>}
            description={target.remark}
          />
        ))}
      </Stack>
    </div>
  );
}
