using System.Reflection;
using System.Text.RegularExpressions;

namespace CoPilot.Contracts.Tests.Wire;

public sealed partial class WordsTests
{
    public static TheoryData<string> Vocabularies =>
        [.. typeof(ErrorCodes).Assembly.GetExportedTypes().Where(IsVocabulary).Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Vocabularies))]
    public void Words_OfOneVocabulary_AreDistinctAndSnakeCase(string name)
    {
        var vocabulary = typeof(ErrorCodes).Assembly.GetExportedTypes().Single(type => type.Name == name);

        var words = Constants(vocabulary).ToList();

        Assert.Distinct(words);
        Assert.All(words, word => Assert.Matches(SnakeCase(), word));
    }

    private static bool IsVocabulary(Type type) => type is { IsAbstract: true, IsSealed: true } && Constants(type).Any();

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => field.GetRawConstantValue()).OfType<string>();

    [GeneratedRegex("^[a-z]+(_[a-z]+)*$")]
    private static partial Regex SnakeCase();
}
