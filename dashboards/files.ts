import { built } from './build.ts';
import { generatorHealth } from './generator-health.ts';
import { launchRehearsal } from './launch-rehearsal.ts';
import { treasureService } from './treasure-service.ts';

/** Every dashboard as Grafana reads it, by its file in `json/`. `node tools/dashboards.ts` writes them. */
export const dashboardFiles = {
  'launch-rehearsal.json': built(launchRehearsal),
  'treasure-service.json': built(treasureService),
  'generator-health.json': built(generatorHealth),
};
