using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;

namespace CoPilot.Specifications.Routing;

/// <summary>The model's queues that supervisors close for now, and places that they change.</summary>
internal abstract class RoutingModelClosures(Site site) : RoutingModelSteps(site)
{
    public string CloseQueue(string queue, DateTimeOffset? until)
    {
        if (until <= Now)
        {
            return ErrorCodes.Invalid;
        }

        var isNew = !IsClosedForNow(queue, out var end) || end != until;
        if (isNew)
        {
            Closures[queue] = until;
            if (until is { } opening)
            {
                Openings[queue] = opening;
            }
        }

        MakeOffers();
        return isNew.ToString();
    }

    public string OpenQueue(string queue)
    {
        var isClosed = IsClosedForNow(queue, out _);
        if (isClosed)
        {
            Closures.Remove(queue);
        }

        MakeOffers();
        return isClosed.ToString();
    }

    public string SetHeadStart(ModelContact? contact, int headStart)
    {
        if (contact is null)
        {
            return ErrorCodes.NotFound;
        }

        if (contact.State != ContactStates.Waiting)
        {
            return ErrorCodes.Conflict;
        }

        var isNew = contact.HeadStart != headStart;
        if (isNew)
        {
            contact.Stamp = TakeStampFor(contact.Stamp!.Value, headStart);
            (contact.HeadStart, contact.IsPlacedBySupervisor) = (headStart, true);
        }

        MakeOffers();
        return isNew.ToString();
    }
}
