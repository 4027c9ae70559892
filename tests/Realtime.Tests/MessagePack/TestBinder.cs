using Microsoft.AspNetCore.SignalR;

namespace CoPilot.Realtime.Tests.MessagePack;

/// <summary>A hub whose every method takes the same and answers the same.</summary>
internal sealed class TestBinder(IReadOnlyList<Type> parameters, Type? result = null) : IInvocationBinder
{
    /// <summary>Anything at all, so many times.</summary>
    public static TestBinder Dynamic(int parameters) => new([.. Enumerable.Repeat(typeof(object), parameters)]);

    public Type GetReturnType(string invocationId) => result ?? typeof(object);

    public IReadOnlyList<Type> GetParameterTypes(string methodName) => parameters;

    public Type GetStreamItemType(string streamId) => result ?? typeof(object);
}
