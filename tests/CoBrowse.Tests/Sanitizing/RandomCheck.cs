using FsCheck;
using FsCheck.Fluent;

namespace CoPilot.CoBrowse.Tests.Sanitizing;

/// <summary>Runs an assertion over random values and says which one broke it.</summary>
internal static class RandomCheck
{
    public static void Run<T>(Gen<T> values, int runs, Action<T> assertion) => Prop.ForAll(values.ToArbitrary(), assertion)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(runs).WithStartSize(1).WithEndSize(40));
}
