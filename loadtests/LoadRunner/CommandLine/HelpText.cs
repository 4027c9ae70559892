namespace CoPilot.LoadRunner.CommandLine;

internal static class HelpText
{
    public const string All = """
        Simulates customers and agents against real servers, and leaves a report. Linux only.

          run SCENARIO [--option value ...]   runs one; code 1 when a threshold was missed or anything was lost, doubled or out of order
          compare [--option value ...]        runs chats against CoPilot and its peers by turns; code 1 when CoPilot lost, doubled or reordered anything
          list                                scenarios, their options and what these are unless said otherwise

        Of run, besides the scenario's own:

          --system NAME         what is measured (copilot); it is started for the run and stopped after it
          --nodes N             so many server processes (2)
          --on-redis            CoPilot's one node too keeps what it knows in Redis, as several do
          --redis DURABILITY    memory, everysec or always: what Redis keeps on disk (memory)
          --cores LIST          the cores that servers may use, as taskset -c takes them (all)
          --workers N           so many processes make the load (1)
          --server URL[,URL]    measures servers that run already, on this machine only unless
          --not-only-loopback   says that they may be elsewhere
          --gc                  measures pauses for garbage collection too, which costs something
          --out FOLDER          where the report goes (artifacts/loadtests/<time>-<scenario>)

        Of compare, besides chat's own, --nodes, --redis and --workers:

          --systems NAMES       with commas between (copilot,signalr,signalr-inline,socketio-redis,
                                socketio-streams)
          --rates NUMBERS       messages a second (1000,3000,6000,9000)
          --repeats N           (5)
          --idle CONNECTIONS    on which nothing is said, for their memory; at most two repeats; 0 is not
                                at all (5000)
          --kill-rate NUMBER    messages a second while Redis is killed and comes back, for what is lost; with
                                --redis always unless everysec is said; at most two repeats; 0 is not at all (1000)
          --out FOLDER          that of a comparison that was broken off: it goes on from there
        """;
}
