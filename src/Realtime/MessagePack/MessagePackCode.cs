namespace CoPilot.Realtime.MessagePack;

/// <summary>The first byte of a value, by the MessagePack specification.</summary>
internal static class MessagePackCode
{
    public const byte MaxFixInt = 0x7f;
    public const byte FixMap = 0x80;
    public const byte FixArray = 0x90;
    public const byte FixString = 0xa0;
    public const byte Nil = 0xc0;
    public const byte False = 0xc2;
    public const byte True = 0xc3;
    public const byte Bin8 = 0xc4;
    public const byte Bin16 = 0xc5;
    public const byte Bin32 = 0xc6;
    public const byte Ext8 = 0xc7;
    public const byte Ext16 = 0xc8;
    public const byte Ext32 = 0xc9;
    public const byte Float32 = 0xca;
    public const byte Float64 = 0xcb;
    public const byte UInt8 = 0xcc;
    public const byte UInt16 = 0xcd;
    public const byte UInt32 = 0xce;
    public const byte UInt64 = 0xcf;
    public const byte Int8 = 0xd0;
    public const byte Int16 = 0xd1;
    public const byte Int32 = 0xd2;
    public const byte Int64 = 0xd3;
    public const byte FixExt1 = 0xd4;
    public const byte FixExt16 = 0xd8;
    public const byte String8 = 0xd9;
    public const byte String16 = 0xda;
    public const byte String32 = 0xdb;
    public const byte Array16 = 0xdc;
    public const byte Array32 = 0xdd;
    public const byte Map16 = 0xde;
    public const byte Map32 = 0xdf;
    public const byte MinNegativeFixInt = 0xe0;

    /// <summary>The extension type of a moment in time.</summary>
    public const sbyte Timestamp = -1;

    public static MessagePackKind KindOf(byte code) => code switch
    {
        <= MaxFixInt or >= MinNegativeFixInt or (>= UInt8 and <= Int64) => MessagePackKind.Integer,
        < FixArray or Map16 or Map32 => MessagePackKind.Map,
        < FixString or Array16 or Array32 => MessagePackKind.Array,
        < Nil or (>= String8 and <= String32) => MessagePackKind.String,
        Nil => MessagePackKind.Nil,
        False or True => MessagePackKind.Boolean,
        >= Bin8 and <= Bin32 => MessagePackKind.Binary,
        Float32 or Float64 => MessagePackKind.Float,
        (>= Ext8 and <= Ext32) or (>= FixExt1 and <= FixExt16) => MessagePackKind.Extension,
        _ => MessagePackKind.Invalid,
    };
}

internal enum MessagePackKind
{
    /// <summary>0xc1, which no value starts with.</summary>
    Invalid,
    Nil,
    Boolean,
    Integer,
    Float,
    String,
    Binary,
    Array,
    Map,
    Extension,
}
