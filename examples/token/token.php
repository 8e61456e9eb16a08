<?php
// The token of an article's page, for the buttons: php token.php SECRET_FILE URL.
// url is the article's canonical address.
function offprint_token(string $secret, string $url, int $days = 7): string
{
    $exp = (string) (time() + $days * 86400); // at most 30 days: as long as caches keep the page
    $mac = hash_hmac('sha256', $url . "\n" . $exp, $secret, true);
    return $exp . '.' . rtrim(strtr(base64_encode($mac), '+/', '-_'), '=');
}

$secret = trim(strtok(file_get_contents($argv[1]), "\n")); // the file's first line
echo offprint_token($secret, $argv[2]), "\n";
