namespace CoPilot.Realtime.Backplane;

/// <summary>Hands what arrives on this node's channel to the hub that it is for.</summary>
internal sealed class BackplanePump;
