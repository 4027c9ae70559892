// The numbering plans of libphonenumber-js, one part for each first digit of a country code: a shop calls few countries, and all of them together are
// more than what reads them.
import metadata from 'libphonenumber-js/min/metadata';

const NAMESPACE = 'phone-plans';

/** Without satellites and the like (`nonGeographic`), which nobody is called back on. */
export const phonePlans = Object.fromEntries([...'123456789'].map((zone) => [zone, plansOf(zone)]));

/** For esbuild: `phone-plans:3` is a module whose default export are the plans of +30 to +39 and +350 to +389. */
export const phonePlanModules = {
  name: NAMESPACE,
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^phone-plans:/ }, ({ path }) => ({ path, namespace: NAMESPACE }));
    onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => ({
      contents: `export default ${JSON.stringify(phonePlans[path.split(':')[1]])};`,
    }));
  },
};

function plansOf(zone) {
  const codes = Object.entries(metadata.country_calling_codes).filter(([code]) => code.startsWith(zone));
  const regions = codes.flatMap(([, countries]) => countries).filter((region) => metadata.countries[region]);
  return {
    version: metadata.version,
    country_calling_codes: Object.fromEntries(codes),
    countries: Object.fromEntries(regions.map((region) => [region, metadata.countries[region]])),
    nonGeographic: {},
  };
}
