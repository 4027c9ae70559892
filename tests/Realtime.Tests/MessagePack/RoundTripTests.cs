using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CoPilot.Realtime.Tests.MessagePack;

public sealed class RoundTripTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(1_000);

    private static Gen<string> Texts => ArbMap.Default.GeneratorFor<string?>().Select(text => new string([.. (text ?? "").Where(character => !char.IsSurrogate(character))]));

    private static Gen<DateTimeOffset> Times => ArbMap.Default.GeneratorFor<DateTimeOffset>();

    [Fact]
    public void Values_OfNoDeclaredType_ComeBack() =>
        Prop.ForAll(Arb.From(Gen.Sized(Values)), value => AssertJsonEqual(DynamicValues.ToJson(value), DynamicValues.ToJson(RoundTrip(value, typeof(object)))))
            .Check(Config);

    [Fact]
    public void Records_ComeBackAndSayTheSameAsJson() => Prop.ForAll(Arb.From(Gen.Sized(Records)), record =>
    {
        var json = JsonSerializer.SerializeToNode(record, Wire);
        AssertJsonEqual(json, JsonSerializer.SerializeToNode((Everything)RoundTrip(record, typeof(Everything))!, Wire));
        AssertJsonEqual(json, DynamicValues.ToJson(RoundTrip(record, typeof(object))));
    }).Check(Config);

    private static JsonSerializerOptions Wire { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private static Gen<Everything> Records(int size) =>
        from number in ArbMap.Default.GeneratorFor<long>()
        from small in ArbMap.Default.GeneratorFor<short>()
        from optional in ArbMap.Default.GeneratorFor<int?>()
        from fraction in ArbMap.Default.GeneratorFor<NormalFloat>()
        from flag in ArbMap.Default.GeneratorFor<bool>()
        from text in Gen.OneOf(Texts.Select(some => (string?)some), Gen.Constant<string?>(null))
        from time in Times
        from later in Gen.Elements(true, false).SelectMany(present => Times.Select(some => present ? some : (DateTimeOffset?)null))
        from id in ArbMap.Default.GeneratorFor<Guid>()
        from texts in Gen.ListOf(Texts)
        from counts in Gen.ListOf(Texts)
        from inner in size == 0 ? Gen.Constant<Everything?>(null) : Gen.OneOf(Gen.Constant<Everything?>(null), Records(size / 3).Select(record => (Everything?)record))
        select new Everything(
            number, small, optional, fraction.Item, flag, text, time, later, id, [.. texts], counts.Distinct().ToDictionary(key => key, key => (long)key.Length), inner);

    private static Gen<object?> Values(int size)
    {
        var simple = Gen.OneOf(
            Gen.Constant<object?>(null),
            ArbMap.Default.GeneratorFor<bool>().Select(value => (object?)value),
            ArbMap.Default.GeneratorFor<long>().Select(value => (object?)value),
            ArbMap.Default.GeneratorFor<NormalFloat>().Select(value => (object?)value.Item),
            Texts.Select(value => (object?)value),
            ArbMap.Default.GeneratorFor<byte[]>().Select(value => (object?)value));
        return size == 0
            ? simple
            : Gen.Frequency(
                (3, simple),
                (1, Gen.ListOf(Values(size / 4)).Select(list => (object?)list.ToArray())),
                (1, Gen.ListOf(Gen.Zip(Texts, Values(size / 4))).Select(pairs => (object?)pairs.DistinctBy(pair => pair.Item1).ToDictionary(pair => pair.Item1, pair => pair.Item2))));
    }

    private static object? RoundTrip(object? value, Type type)
    {
        var bytes = Frames.Protocol.GetMessageBytes(CompletionMessage.WithResult("1", value)).ToArray();
        var completion = Assert.IsType<CompletionMessage>(Frames.Parse(bytes, new TestBinder([], type)));
        Assert.Null(completion.Error);
        return completion.Result;
    }

    private static void AssertJsonEqual(JsonNode? expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(expected, actual), $"{expected?.ToJsonString()}\n{actual?.ToJsonString()}");

    private sealed record Everything(
        long Number,
        short Small,
        int? Optional,
        double Fraction,
        bool Flag,
        string? Text,
        DateTimeOffset Time,
        DateTimeOffset? Later,
        Guid Id,
        IReadOnlyList<string> Texts,
        IReadOnlyDictionary<string, long> Counts,
        Everything? Inner);
}
