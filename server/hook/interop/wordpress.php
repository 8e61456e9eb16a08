<?php
// Runs the file that the guide has for WordPress, with just as much of WordPress
// as it needs, and writes each request that it sends as a JSON line.
// Usage: php wordpress.php PLUGIN SECRET

define('OFFPRINT_SECRET', $argv[2]);

$actions = [];
$answers = [202];
$later = [];

function add_action($name, $function, $priority = 10, $arguments = 1) {
    $GLOBALS['actions'][$name][] = $function;
}
function act($name, ...$arguments) {
    foreach ($GLOBALS['actions'][$name] as $function) {
        $function(...$arguments);
    }
}
function get_permalink($post) {
    return 'https://nanting.example/' . ($post->post_status === 'publish' ? $post->post_name . '/' : '?p=' . $post->ID);
}
function get_the_title($post) { return $post->post_title; }
function get_bloginfo($what) { return 'zh-CN'; }
function wp_json_encode($value) { return json_encode($value); }
function wp_remote_post($url, $request) {
    echo json_encode(['url' => $url] + $request), "\n";
    return array_shift($GLOBALS['answers']) ?? 202;
}
function wp_remote_retrieve_response_code($answer) { return $answer; }
function wp_schedule_single_event($time, $name, $arguments) { $GLOBALS['later'][] = [$name, $arguments]; }

require $argv[1];

function post($status, $more = []) {
    return (object) ($more + [
        'ID' => 218, 'post_type' => 'post', 'post_status' => $status, 'post_name' => 'rice-price', 'post_title' => '米价两百年 &amp; 一条街',
        'post_modified_gmt' => '2026-03-04 01:04:00', 'post_password' => '',
    ]);
}

act('wp_after_insert_post', 218, post('draft'), false, null);                      // nothing
act('wp_after_insert_post', 219, post('publish', ['post_type' => 'page']), false, null); // nothing
$answers = [503, 202];
act('wp_after_insert_post', 218, post('publish'), true, post('draft'));            // article.published, refused
[$name, $arguments] = $later[0];
act($name, ...$arguments);                                                         // and again
act('wp_after_insert_post', 218, post('publish', ['post_password' => 'x']), true, post('publish')); // article.updated
act('wp_after_insert_post', 218, post('trash', ['post_name' => 'rice-price__trashed']), true, post('publish')); // article.unpublished
act('before_delete_post', 218, post('trash'));                                     // nothing
act('before_delete_post', 218, post('publish'));                                   // article.deleted
