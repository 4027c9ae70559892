using CoPilot.ChatServer.Callbacks;
using CoPilot.Contracts;
using CoPilot.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace CoPilot.ChatServer.Tests.Callbacks;

public sealed class PhonePolicyTests
{
    private static readonly PhonePolicy Dutch = new(["+31"], []);

    public static TheoryData<string> Names => [.. PhoneVectors.File.Vectors.Select(vector => vector.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_Vector_AnswersAsTheBrowserDoes(string name)
    {
        var vector = PhoneVectors.File.Vectors.Single(vector => vector.Name == name);

        Assert.Equal(vector.Verdict, PhoneVectors.VerdictOf(PhoneVectors.PolicyOf(vector.Policy).Read(vector.Number)));
    }

    [Fact]
    public void AlwaysBlocked_IsWhatTheBrowsersTestsKnowAndTheReferenceSays()
    {
        var reference = File.ReadAllText(Checkout.File("docs/configuration.md"));

        Assert.Equal(PhoneVectors.File.AlwaysBlocked, PhonePolicy.AlwaysBlocked);
        Assert.All(PhonePolicy.AlwaysBlocked, prefix => Assert.Contains($"`{prefix}`", reference, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_WhatTheBrowserMadeOfRandomWriting_IsTaken()
    {
        Assert.NotEmpty(PhoneVectors.Made);
        Assert.All(PhoneVectors.Made, made => Assert.Equal("accepted", PhoneVectors.VerdictOf(PhoneVectors.PolicyOf(made.Policy).Read(made.Number))));
    }

    [Fact]
    public void Read_AnyText_IsTheSameNumberOrRefusedWithoutIt() => Prop.ForAll(
        Gen.OneOf(Digits(0, 18), Digits(4, 18).Select(digits => "+" + digits), Digits(4, 18).Select(digits => "+31" + digits)).ToArbitrary(),
        text =>
        {
            var outcome = Dutch.Read(text);
            return outcome.IsAccepted
                ? outcome.Value.ToE164() == text
                : outcome.Refusal.Code == ErrorCodes.Invalid && (text.Length < 4 || !outcome.Refusal.Text.Contains(text, StringComparison.Ordinal));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("+31612345678", "+31 •••• 5678")]
    [InlineData("+31201234", "+31 •••• 234")]
    [InlineData("+4915112345678", "+•••• 5678")]
    public void Mask_ShowsThePrefixAndTheEnd(string number, string masked) => Assert.Equal(masked, Dutch.Mask(PhoneNumber.Parse(number)!));

    [Theory]
    [InlineData("+316", "+316 •••• 5678")]
    [InlineData("+31612345", "+316 •••• 5678")]
    public void Mask_OfAPartOfACountry_ShowsNoMoreThanACountryCode(string prefix, string masked) =>
        Assert.Equal(masked, new PhonePolicy([prefix], []).Mask(PhoneNumber.Parse("+31612345678")!));

    [Fact]
    public void Mask_OfAnyNumber_HidesAtLeastHalfAndNeverItsLength() => Prop.ForAll(
        Digits(6, 13).Select(digits => "+31" + digits).ToArbitrary(),
        number =>
        {
            var shown = Dutch.Mask(PhoneNumber.Parse(number)!)["+31 •••• ".Length..];
            return number.EndsWith(shown, StringComparison.Ordinal) && shown.Length >= 3 && shown.Length <= Math.Min(4, (number.Length - 3) / 2);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Check_AfterTheConfigurationChanged_RefusesWhatWasTaken()
    {
        var number = Dutch.Read("+31612345678").Value;

        Assert.Null(Dutch.Check(number));
        Assert.Equal(ErrorCodes.Invalid, new PhonePolicy(["+32"], []).Check(number)?.Code);
        Assert.Equal(ErrorCodes.Invalid, new PhonePolicy(["+31"], ["+3161"]).Check(number)?.Code);
    }

    private static Gen<string> Digits(int fewest, int most) =>
        Gen.Choose(fewest, most).SelectMany(count => Gen.Elements("0123456789".ToCharArray()).ListOf(count)).Select(digits => string.Concat(digits));
}
