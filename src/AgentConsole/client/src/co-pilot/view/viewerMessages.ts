import {
  type FromViewer,
  isCoordinate,
  isOneOf,
  isWhole,
  KEYFRAME_REASONS,
  type Place,
  TOOLS,
} from '@copilot/cobrowse/viewer-messages';
import { Limits } from '@copilot/contracts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * What the viewer said, or nothing when it is not of its protocol. It is trusted with nothing: behind it is a stranger's page, and what it says
 * goes to the server as the agent's word.
 */
export function readViewerMessage(data: unknown): FromViewer | undefined {
  if (typeof data !== 'object' || data === null) {
    return undefined;
  }
  const fields = data as Fields;
  switch (fields.type) {
    case 'ready':
    case 'refused':
      return isWhole(fields.version) ? { type: fields.type, version: fields.version } : undefined;
    case 'shown':
      return isWhole(fields.seq) ? { type: 'shown', seq: fields.seq } : undefined;
    case 'keyframeWanted':
      return isWhole(fields.seq) && isOneOf(KEYFRAME_REASONS, fields.reason)
        ? { type: 'keyframeWanted', seq: fields.seq, reason: fields.reason }
        : undefined;
    case 'toolChosen':
      return isOneOf(TOOLS, fields.tool) ? { type: 'toolChosen', tool: fields.tool } : undefined;
    case 'figures':
      return readFigures(fields);
    default:
      return readGuidance(fields);
  }
}

function readGuidance(fields: Fields): FromViewer | undefined {
  const { type, nodeId, points } = fields;
  const place = readPlace(fields);
  switch (type) {
    case 'pointed':
      return place ? { type, ...place } : hasNone(fields, 'x', 'y', 'nodeId') ? { type } : undefined;
    case 'scrollWanted':
      return place && { type, ...place };
    case 'highlighted':
      return isWhole(nodeId) ? { type, nodeId } : nodeId === undefined ? { type } : undefined;
    case 'drawn':
      return Array.isArray(points) && points.length <= Limits.drawnPoints && points.every(isCoordinate)
        ? { type, points }
        : undefined;
    default:
      return undefined;
  }
}

function readPlace({ x, y, nodeId }: Fields): Place | undefined {
  if (!isCoordinate(x) || !isCoordinate(y)) {
    return undefined;
  }
  if (nodeId === undefined) {
    return { x, y };
  }
  return isWhole(nodeId) && isShare(x) && isShare(y) ? { x, y, nodeId } : undefined;
}

function readFigures({ delay, apply, quiet }: Fields): FromViewer | undefined {
  return isCoordinate(delay) && isCoordinate(apply) && isCoordinate(quiet)
    ? { type: 'figures', delay, apply, quiet }
    : undefined;
}

function hasNone(fields: Fields, ...names: string[]): boolean {
  return names.every((name) => fields[name] === undefined);
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 1;
}
