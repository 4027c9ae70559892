using System.Globalization;
using System.Text.Json;
using CoPilot.ChatServer.Callbacks;
using Microsoft.Extensions.Logging;

namespace CoPilot.ChatServer.Tests.Callbacks;

public sealed class PhoneNumberTests
{
    private const string Text = "+31612345678";

    private static readonly PhoneNumber Number = PhoneNumber.Parse(Text)!;

    [Theory]
    [InlineData(Text)]
    [InlineData("+12345678")]
    [InlineData("+123456789012345")]
    public void Parse_E164_IsTheNumber(string text) => Assert.Equal(text, PhoneNumber.Parse(text)?.ToE164());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("31612345678")]
    [InlineData("0612345678")]
    [InlineData("+01612345678")]
    [InlineData("+1234567")]
    [InlineData("+1234567890123456")]
    [InlineData("+31 612345678")]
    [InlineData("+31612345678\n")]
    [InlineData(" +31612345678")]
    [InlineData("+3161234567٨")]
    [InlineData("++31612345678")]
    [InlineData("tel:+31612345678")]
    public void Parse_AnythingElse_IsNone(string? text) => Assert.Null(PhoneNumber.Parse(text));

    [Fact]
    public void Equality_IsByNumber()
    {
        Assert.Equal(Number, PhoneNumber.Parse(Text));
        Assert.Equal(Number.GetHashCode(), PhoneNumber.Parse(Text)!.GetHashCode());
        Assert.NotEqual(Number, PhoneNumber.Parse("+31612345679"));
    }

    [Fact]
    public void Text_OfItself_NeverShowsIt()
    {
        var note = new Note(Number, "call");

        Assert.All(
            [
                Number.ToString(), $"{Number}", string.Format(CultureInfo.InvariantCulture, "{0}", Number), note.ToString(),
                new LogValues("Called {Number}", Number).ToString(), JsonSerializer.Serialize(Number), JsonSerializer.Serialize(note),
            ],
            shown => Assert.DoesNotContain("5678", shown, StringComparison.Ordinal));
    }

    [Fact]
    public void Json_ReadFrom_IsRefused() => Assert.ThrowsAny<NotSupportedException>(() => JsonSerializer.Deserialize<PhoneNumber>("{}"));

    private sealed record Note(PhoneNumber Number, string Text);

    /// <summary>As a logger makes its line.</summary>
    private sealed class LogValues(string template, params object[] values) : ILogger
    {
        private string _line = "";

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _line = formatter(state, exception);

        public override string ToString()
        {
#pragma warning disable CA1848, CA2254 // The way that an accident would take.
            this.LogInformation(template, values);
#pragma warning restore CA1848, CA2254
            return _line;
        }
    }
}
