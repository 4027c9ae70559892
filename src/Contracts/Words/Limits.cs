namespace CoPilot.Contracts;

/// <summary>Limits that both sides know. Lengths are UTF-16 units after normalisation unless they say otherwise.</summary>
public static class Limits
{
    /// <summary>A message's or note's text: 1 to this many.</summary>
    public const int TextLength = 4_000;

    /// <summary>Ids made by clients (<c>messageId</c>, <c>requestId</c>): 1 to this many of <c>A-Z a-z 0-9 _ - . :</c>.</summary>
    public const int IdLength = 64;

    /// <summary>Names, e-mail addresses, topics and queue names.</summary>
    public const int NameLength = 100;

    public const int EmailLength = 254;

    public const int UrlLength = 2_048;

    /// <summary>A page's title.</summary>
    public const int TitleLength = 300;

    /// <summary>A Co-Pilot code as somebody typed it, blanks and dashes included.</summary>
    public const int TypedCodeLength = 40;

    /// <summary>Width and height of a viewport.</summary>
    public const int ViewportPixels = 32_767;

    /// <summary>Bytes of frames in one call of <c>PublishFrames</c>, before base64.</summary>
    public const int FrameBytes = 16_384;

    /// <summary>Calls of <c>PublishFrames</c> that may be unanswered.</summary>
    public const int FrameCalls = 8;

    /// <summary>Numbers in one drawing, two a point.</summary>
    public const int DrawnPoints = 512;

    /// <summary>CSS pixels from a page's corner, in either direction.</summary>
    public const int Coordinate = 16_777_215;

    /// <summary>Answers to a topic's questions: at most this many, each key a name and each value at most <see cref="AnswerLength"/>.</summary>
    public const int AnswerCount = 20;

    public const int AnswerLength = 500;

    /// <summary>Times in one answer of <c>GET /api/callback-times</c>.</summary>
    public const int CallbackTimes = 500;

    /// <summary>Contacts of a line that a supervisor is shown.</summary>
    public const int LineContacts = 100;

    /// <summary>Messages in one answer of <c>Join</c>.</summary>
    public const int JoinPage = 500;

    /// <summary>Bytes of one hub message, checked before it is parsed.</summary>
    public const int HubMessageBytes = 32 * 1024;

    /// <summary>How long an answer to a <c>requestId</c> is kept at least.</summary>
    public static readonly TimeSpan RequestMemory = TimeSpan.FromMinutes(10);
}
