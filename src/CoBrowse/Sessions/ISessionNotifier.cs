namespace CoPilot.CoBrowse.Sessions;

/// <summary>Tells people what a step made of their session, wherever they are connected. Hints that may be lost; nobody is waited for. Safe to call from any thread.</summary>
public interface ISessionNotifier
{
    void Tell(SessionNotice notice);
}
