import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['**/bin/**', '**/obj/**', '**/dist/**', 'artifacts/**', '**/wire.ts'] },
  js.configs.recommended,
  {
    files: ['src/*/client/**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-restricted-properties': [
        'error',
        { property: 'innerHTML', message: 'Text is never interpreted as HTML.' },
        { property: 'outerHTML', message: 'Text is never interpreted as HTML.' },
        { property: 'insertAdjacentHTML', message: 'Text is never interpreted as HTML.' },
      ],
    },
  },
  {
    files: ['src/AgentConsole/client/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat['recommended-latest']],
  },
  { files: ['**/*.{js,mjs}', '**/*.config.ts'], languageOptions: { globals: globals.node } },
  // Parts of it run in the pages that it measures.
  { files: ['loadtests/**/*.mjs'], languageOptions: { globals: globals.browser } },
  { files: ['samples/**/*.js', 'src/*/client/test/**/page/*.js'], languageOptions: { globals: globals.browser } },
);
