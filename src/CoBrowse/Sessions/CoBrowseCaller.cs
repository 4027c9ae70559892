using CoPilot.Contracts;

namespace CoPilot.CoBrowse.Sessions;

/// <summary>Who calls, on which connection. The host makes it from a checked token.</summary>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="IsVerified">The shop vouches for this customer.</param>
/// <param name="Network">The network address that limits count by.</param>
public sealed record CoBrowseCaller(
    string Id, string Role, string SiteId, string? Name, bool IsVerified, string ConnectionId, string Network)
{
    public bool IsCustomer => Role == Roles.Customer;

    public bool IsAgent => Role is Roles.Agent or Roles.Supervisor;
}
