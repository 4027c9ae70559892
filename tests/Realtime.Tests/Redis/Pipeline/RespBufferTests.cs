using System.Runtime.InteropServices;
using System.Text;
using CoPilot.Realtime.Redis.Pipeline;
using StackExchange.Redis;

namespace CoPilot.Realtime.Tests.Redis.Pipeline;

public sealed class RespBufferTests
{
    private readonly RespBuffer _buffer = new();

    [Fact]
    public void Execute_EveryKindOfArgument_IsWrittenAsText()
    {
        new ExecuteRequest("SET", ["\u00e9", new byte[] { 1, (byte)'\r' }, -7, long.MinValue, (RedisKey)"key", (RedisValue)"", (RedisValue)12]).WriteTo(_buffer);

        Assert.Equal(
            "*8\r\n$3\r\nSET\r\n$2\r\n\u00e9\r\n$2\r\n\u0001\r\r\n$2\r\n-7\r\n$20\r\n-9223372036854775808\r\n$3\r\nkey\r\n$0\r\n\r\n$2\r\n12\r\n", Written());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Evaluate_ByHashOrInFull_NamesScriptKeysAndArguments(bool inFull)
    {
        var script = RedisFixture.Echo;

        new EvaluateRequest(script, ["one", "two"], ["x", 3], inFull).WriteTo(_buffer);

        var named = inFull
            ? $"$4\r\nEVAL\r\n${Encoding.UTF8.GetByteCount(script.Text)}\r\n{script.Text}"
            : $"$7\r\nEVALSHA\r\n$40\r\n{Convert.ToHexStringLower(script.Hash)}";
        Assert.Equal($"*7\r\n{named}\r\n$1\r\n2\r\n$3\r\none\r\n$3\r\ntwo\r\n$1\r\nx\r\n$1\r\n3\r\n", Written());
    }

    [Fact]
    public void Add_MoreThanUsual_GrowsAndIsGivenBack()
    {
        var usual = Size();

        new ExecuteRequest("SET", ["key", new byte[3 * usual]]).WriteTo(_buffer);
        Assert.True(_buffer.Length > 3 * usual);
        _buffer.Clear();

        Assert.Equal((0, usual), (_buffer.Length, Size()));
    }

    [Fact]
    public void Execute_ArgumentOfAnotherKind_Throws() =>
        Assert.Throws<ArgumentException>(() => new ExecuteRequest("SET", ["key", 1.5]).WriteTo(_buffer));

    /// <summary>What it holds without growing.</summary>
    private int Size() => MemoryMarshal.TryGetArray(_buffer.Written, out var bytes) ? bytes.Array!.Length : throw new InvalidOperationException("No array.");

    private string Written() => Encoding.UTF8.GetString(_buffer.Written.Span);
}
