using System.Text.Json;
using CoPilot.CoBrowse.Frames;
using CoPilot.CoBrowse.Sanitizing;
using CoPilot.Contracts.CoBrowse;
using CoPilot.TestKit;

namespace CoPilot.CoBrowse.Tests.Frames;

/// <summary>What the browser's half sent of the canary page, compressed and cut by itself (<c>COPILOT_WRITE_VECTORS=1 npx vitest run canary</c>).</summary>
public sealed class RecordedFramesTests
{
    private static readonly List<Frame> Frames = JsonSerializer.Deserialize<List<Frame>>(
        File.ReadAllText(Checkout.File("src/CoBrowse/Vectors/frames.json")), JsonSerializerOptions.Web)!;

    [Fact]
    public void Take_WhatABrowserSent_IsAccepted()
    {
        using var intake = new FrameIntake(SanitizerRules.Default);
        foreach (var frame in Frames)
        {
            var answer = intake.Take(new FramePart(frame.Seq, frame.Keyframe, frame.Part, frame.Parts, frame.Data));

            Assert.Equal(frame.Part + 1 == frame.Parts ? FrameVerdict.Complete : FrameVerdict.Taken, answer.Verdict);
        }

        Assert.Equal(Frames[^1].Seq, intake.LastSeq);
        Assert.InRange(intake.LastSeq, 5, Frames.Count);
    }
}
