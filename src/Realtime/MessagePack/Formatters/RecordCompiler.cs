using System.Linq.Expressions;
using System.Reflection;

namespace CoPilot.Realtime.MessagePack.Formatters;

/// <summary>
/// Makes the code that a person would write for a record, so that no member is boxed and no reflection is left at run time. Each method says in a
/// comment what comes out.
/// </summary>
internal static class RecordCompiler
{
    private static readonly MethodInfo WriteMapHeader = typeof(MessagePackWriter).GetMethod(nameof(MessagePackWriter.WriteMapHeader))!;
    private static readonly MethodInfo WriteName = typeof(RecordCompiler).GetMethod(nameof(WriteEncodedName), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo ReadMapHeader = typeof(MessagePackReader).GetMethod(nameof(MessagePackReader.ReadMapHeader))!;
    private static readonly MethodInfo ReadKey = typeof(RecordKeys).GetMethod(nameof(RecordKeys.Read))!;
    private static readonly MethodInfo Skip = typeof(MessagePackReader).GetMethod(nameof(MessagePackReader.Skip))!;

    // var a = value.A; var b = value.B;
    // writer.WriteMapHeader(1 + (b != null ? 1 : 0));
    // writer.WriteRaw("a"); Formatters<A>.Instance.Write(writer, a);
    // if (b != null) { writer.WriteRaw("b"); Formatters<B>.Instance.Write(writer, b); }
    public static RecordWrite<T> CompileWrite<T>(RecordShape shape)
    {
        var writer = Expression.Parameter(typeof(MessagePackWriter), "writer");
        var value = Expression.Parameter(typeof(T), "value");
        var locals = shape.Members.Select(member => Expression.Variable(member.Type, member.Name)).ToArray();
        Expression count = Expression.Constant(shape.Members.Count(member => !member.MayBeAbsent));
        var writes = new List<Expression>();
        foreach (var (member, local) in shape.Members.Zip(locals))
        {
            Expression write = Expression.Block(
                Expression.Call(WriteName, writer, Expression.Constant(Encode(member.Name))),
                WriteValue(writer, member.Type, local));
            if (member.MayBeAbsent)
            {
                var present = Expression.NotEqual(local, Expression.Constant(null, member.Type));
                count = Expression.Add(count, Expression.Condition(present, Expression.Constant(1), Expression.Constant(0)));
                write = Expression.IfThen(present, write);
            }

            writes.Add(write);
        }

        var body = Expression.Block(
            locals,
            [
                .. shape.Members.Zip(locals, (member, local) => Expression.Assign(local, Expression.Property(value, member.Property))),
                Expression.Call(writer, WriteMapHeader, count),
                .. writes,
            ]);
        return Expression.Lambda<RecordWrite<T>>(body, writer, value).Compile();
    }

    // A a = default; B b = <the parameter's default>; bool hasC = false; C c = default;
    // <read all>
    // var made = new T(a, b); if (hasC) made.C = c; return made;
    public static RecordRead<T> CompileRead<T>(RecordShape shape)
    {
        var reader = Expression.Parameter(typeof(MessagePackReader).MakeByRefType(), "reader");
        var slots = shape.Members.Select(member => new Slot(member)).ToArray();
        var made = Expression.Variable(typeof(T), "made");
        var body = Expression.Block(
            [made, .. slots.Select(slot => slot.Value), .. slots.Select(slot => slot.Seen)],
            [
                .. slots.Where(slot => slot.Member.Parameter is not null).Select(slot => Expression.Assign(slot.Value, Default(slot.Member.Parameter!))),
                ReadAll(reader, slots),
                Expression.Assign(made, Construct(typeof(T), shape, slots)),
                .. slots.Where(slot => slot.Member.IsSet).Select(slot => Expression.IfThen(
                    slot.Seen, Expression.Assign(Expression.Property(made, slot.Member.Property), slot.Value))),
                made,
            ]);
        return Expression.Lambda<RecordRead<T>>(body, reader).Compile();
    }

    // var left = reader.ReadMapHeader(); var key = Unknown;
    // for (; left > 0; left--)
    //     switch (key = keys.Read(ref reader, key)) { case 0: a = Formatters<A>.Instance.Read(ref reader); break; ... default: reader.Skip(); }
    private static BlockExpression ReadAll(ParameterExpression reader, Slot[] slots)
    {
        var left = Expression.Variable(typeof(int), "left");
        var key = Expression.Variable(typeof(int), "key");
        var keys = Expression.Constant(new RecordKeys([.. slots.Select(slot => slot.Member.Name)]));
        var end = Expression.Label();
        Expression skip = Expression.Call(reader, Skip);
        var cases = slots
            .Select((slot, number) => (slot, number))
            .Where(candidate => candidate.slot.Member.Parameter is not null || candidate.slot.Member.IsSet)
            .Select(candidate => Expression.SwitchCase(candidate.slot.Read(reader), Expression.Constant(candidate.number)))
            .ToArray();
        return Expression.Block(
            [left, key],
            Expression.Assign(left, Expression.Call(reader, ReadMapHeader)),
            Expression.Assign(key, Expression.Constant(RecordKeys.Unknown)),
            Expression.Loop(
                Expression.Block(
                    Expression.IfThen(Expression.LessThanOrEqual(left, Expression.Constant(0)), Expression.Break(end)),
                    Expression.PreDecrementAssign(left),
                    Expression.Assign(key, Expression.Call(keys, ReadKey, reader, key)),
                    cases.Length == 0 ? skip : Expression.Switch(typeof(void), key, skip, null, cases)),
                end));
    }

    private static NewExpression Construct(Type type, RecordShape shape, Slot[] slots) => shape.Constructor is null
        ? Expression.New(type)
        : Expression.New(shape.Constructor, shape.Parameters.Select(parameter =>
            Array.Find(slots, slot => slot.Member.Parameter == parameter)?.Value ?? Default(parameter)));

    private static Expression Default(ParameterInfo parameter) => parameter is { HasDefaultValue: true, DefaultValue: { } value }
        ? Expression.Convert(Expression.Constant(value), parameter.ParameterType)
        : Expression.Default(parameter.ParameterType);

    // What most members are is written and read without the way over a formatter.
    private static MethodCallExpression WriteValue(ParameterExpression writer, Type type, Expression value) =>
        type == typeof(string) ? Expression.Call(writer, nameof(MessagePackWriter.WriteString), null, value)
        : type == typeof(long) ? Expression.Call(writer, nameof(MessagePackWriter.WriteInt64), null, value)
        : type == typeof(bool) ? Expression.Call(writer, nameof(MessagePackWriter.WriteBoolean), null, value)
        : Expression.Call(Formatter(type), nameof(IMessagePackFormatter<>.Write), null, writer, value);

    private static MethodCallExpression ReadValue(ParameterExpression reader, Type type) =>
        type == typeof(string) ? Expression.Call(reader, nameof(MessagePackReader.ReadString), null)
        : type == typeof(long) ? Expression.Call(reader, nameof(MessagePackReader.ReadInt64), null)
        : type == typeof(bool) ? Expression.Call(reader, nameof(MessagePackReader.ReadBoolean), null)
        : Expression.Call(Formatter(type), nameof(IMessagePackFormatter<>.Read), null, reader);

    private static MemberExpression Formatter(Type type) =>
        Expression.Field(null, typeof(Formatters<>).MakeGenericType(type), nameof(Formatters<>.Instance));

    private static byte[] Encode(string name)
    {
        var writer = MessagePackWriter.Rent();
        writer.WriteString(name);
        var encoded = writer.Written.ToArray();
        writer.Return();
        return encoded;
    }

    private static void WriteEncodedName(MessagePackWriter writer, byte[] name) => writer.WriteRaw(name);

    /// <summary>Where a member's value waits until the record can be made.</summary>
    private sealed class Slot(RecordMember member)
    {
        public RecordMember Member => member;

        public ParameterExpression Value { get; } = Expression.Variable(member.Type, member.Name);

        public ParameterExpression Seen { get; } = Expression.Variable(typeof(bool), "has" + member.Name);

        public BlockExpression Read(ParameterExpression reader) => Expression.Block(
            typeof(void),
            Expression.Assign(Value, ReadValue(reader, member.Type)),
            Expression.Assign(Seen, Expression.Constant(true)));
    }
}
