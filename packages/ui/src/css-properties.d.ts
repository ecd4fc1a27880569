import "react";

declare module "react" {
  // Custom properties are plain CSS; React's own table lacks them.
  interface CSSProperties {
    [property: `--${string}`]: string | number | undefined;
  }
}
