/** Style sheets are bundled as text; they become constructed sheets. */
declare module '*.css' {
  const text: string;
  export default text;
}
