using CoPilot.Contracts.CoBrowse;

namespace CoPilot.CoBrowse.Guidance;

/// <param name="Method">The customer's event.</param>
/// <param name="Kind">As the audit calls it; null for what takes something back, which is not written down.</param>
/// <param name="Seq">The last frame that the agent was shown.</param>
public sealed record GuidanceInput(string Method, GuidanceEvent Event, string? Kind, long? Seq = null);
