using CoPilot.ChatServer.Identity;

namespace CoPilot.ChatServer.Tests.Identity;

public sealed class AgentSkillTests
{
    [Theory]
    [InlineData("orders", "orders", 5)]
    [InlineData("orders:1", "orders", 1)]
    [InlineData("gift-cards:10", "gift-cards", 10)]
    public void Parse_AQueueWithOrWithoutALevel(string text, string queue, int level) =>
        Assert.Equal(new AgentSkill(queue, level), AgentSkill.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData(":8")]
    [InlineData("orders:")]
    [InlineData("orders:0")]
    [InlineData("orders:11")]
    [InlineData("orders:-1")]
    [InlineData("orders: 8")]
    [InlineData("orders:8:8")]
    [InlineData("Orders")]
    public void TryParse_AnythingElse_IsNone(string text)
    {
        Assert.False(AgentSkill.TryParse(text, out _));
        Assert.Throws<FormatException>(() => AgentSkill.Parse(text));
    }
}
