using System.Buffers.Text;
using System.Globalization;

namespace CoPilot.LoadRunner.Scenarios.Talk;

/// <summary>
/// What is said: which conversation, which side, the how manieth of that side; then filled up to the size that was asked for. It carries its own account, so that the same ledger serves every system,
/// whatever ids that gives to its messages.
/// </summary>
internal readonly record struct TalkText(int Conversation, int Side, int Number)
{
    public const int ShortestLength = 22;

    private const string Filling = " Good morning, my parcel should have come on Monday, and the page says that it is still on its way to me. Could you have a look, please?";

    /// <summary>In front of the numbers; in no other text of a system.</summary>
    private static ReadOnlySpan<byte> Mark => "#talk:"u8;

    /// <param name="length">In characters, all of them ASCII.</param>
    public string Write(int length) => string.Create(length, this, static (text, talk) =>
    {
        text.TryWrite(CultureInfo.InvariantCulture, $"#talk:{talk.Conversation:D6}{talk.Side}{talk.Number:D9}", out var written);
        for (text = text[written..]; text.Length > 0; text = text[Math.Min(text.Length, Filling.Length)..])
        {
            Filling.AsSpan(0, Math.Min(text.Length, Filling.Length)).CopyTo(text);
        }
    });

    /// <summary>Finds it anywhere in what a server sent; false when it is something else.</summary>
    public static bool TryFind(ReadOnlySpan<byte> message, out TalkText text)
    {
        text = default;
        var start = message.IndexOf(Mark);
        if (start < 0 || message.Length < start + ShortestLength)
        {
            return false;
        }

        var numbers = message.Slice(start + Mark.Length, 16);
        if (!Utf8Parser.TryParse(numbers[..6], out int conversation, out var read) || read != 6
            || !Utf8Parser.TryParse(numbers[7..], out int number, out read) || read != 9)
        {
            return false;
        }

        text = new TalkText(conversation, numbers[6] - '0', number);
        return true;
    }
}
