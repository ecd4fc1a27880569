import { useEffect, useState } from "react";

const tickMs = 5_000;

/** Now in UTC ms, renewed often enough for ages in words. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  return now;
}
