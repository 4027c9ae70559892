using CoPilot.CoBrowse.Sanitizing;

namespace CoPilot.CoBrowse.Tests.Sanitizing;

public sealed class PageWordsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("Boots for 2026 - Demo shop", "Boots for 2026 - Demo shop")]
    [InlineData("Order 1234567", "Order 1234567")]
    [InlineData("Card 4111 1111 1111 1111", "Card ••••••")]
    [InlineData("Mail for a@b.example - Shop", "Mail for •••••• - Shop")]
    [InlineData("Call +31 20 123 4567", "Call +••••••")]
    [InlineData("GB82 WEST 1234 5698 7654 32", "••••••")]
    public void MaskTitle_MasksPersonalNumbersAlone(string title, string masked) => Assert.Equal(masked, PageWords.MaskTitle(title));

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/help/", "/help/")]
    [InlineData("/products/Nike-Air-Max-90-White-Shoes/", "/products/Nike-Air-Max-90-White-Shoes/")]
    [InlineData("/a/2026/11/22/b.html", "/a/2026/11/22/b.html")]
    [InlineData("/customer-service-and-frequently-asked-questions", "/customer-service-and-frequently-asked-questions")]
    [InlineData("/@shop/caf%C3%A9", "/@shop/caf%C3%A9")]
    [InlineData("/orders/12345678/items", "/orders/••••••/items")]
    [InlineData("/orders/no-4111-1111-1111-1111", "/orders/••••••")]
    [InlineData("/account/a@b.example", "/account/••••••")]
    [InlineData("/account/a%40b.example/", "/account/••••••/")]
    [InlineData("/reset/q8Zr3kLm0xTYp2Wv-9", "/reset/••••••")]
    [InlineData("/u/1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed/x", "/u/••••••/x")]
    [InlineData("/iban/GB82WEST12345698765432", "/iban/••••••")]
    public void MaskPath_MasksWholeSegments(string path, string masked) => Assert.Equal(masked, PageWords.MaskPath(path));

    [Fact]
    public void MaskPath_OfWhatWasMasked_ChangesNothing() =>
        Assert.Equal("/orders/••••••/items", PageWords.MaskPath("/orders/••••••/items"));
}
