import { ChannelName, type ChannelNames } from "../slack-names/channel-name.tsx";
import type { Source } from "../../mappings/mapping-keys.ts";

/** What a mapping is about: a path of GitLab's, a Slack channel (by its name, where that is known), or all. */
export function MappingSource(props: { source: Source; place: string; names: ChannelNames }) {
  const { source, place, names } = props;
  switch (source) {
    case "gitlab":
      return (
        <>
          <span class="soft small">GitLab</span>{" "}
          {place === "*" ? "everything" : <Path path={place} />}
        </>
      );
    case "slack":
      return (
        <>
          <span class="soft small">Slack</span>{" "}
          {place === "*" ? "every channel" : <ChannelName channel={place} names={names} />}
        </>
      );
  }
}

/** A long path breaks behind its slashes. */
function Path({ path }: { path: string }) {
  return (
    <>
      {path.split(/(?<=\/)/).map((part, index) => (
        <>
          {index === 0 ? null : <wbr />}
          {part}
        </>
      ))}
    </>
  );
}
