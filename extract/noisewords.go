package extract

import "regexp"

// toolWords are the words on a page's furniture, in lower case; an underscore
// stands for a space. A line made of nothing else, but for digits and
// punctuation, is furniture.
const toolWords = `
友善列印 打印本文 打印本文章 列印本文 打印 列印 印刷 프린트 인쇄 電郵
电邮 邮件 郵件 電子郵件 转寄 轉寄 寄给朋友 寄給朋友 寄送 字体大小
字體大小 字体 字體 字型 字号 字號 文字サイズ 글자크기 放大 缩小 縮小 加大
減小 大小 特大 分享到 分享至 分享给 分享給 分享 转发 轉發 推文 シェア 共有
공유 脸书 臉書 脸谱 微信好友 微信 微博 新浪微博 朋友圈 qq空间 qq好友 豆瓣
领英 領英 小红书 小紅書 facebook twitter whatsapp wechat weibo telegram linkedin instagram
pinterest threads line email e-mail print share tweet copy_link messenger signal qq rss fb ig
复制链接 複製連結 复制 複製 链接 連結 リンク 收藏 加入书签 加入書籤
加入收藏 书签 書籤 bookmark save 发表评论 发表評論 发表留言 發表评论 發表評論
發表留言 我要评论 我要評論 我要留言 网友评论 网友評論 网友留言 網友评论
網友評論 網友留言 查看评论 查看評論 查看留言 参与评论 参与評論 参与留言
參與评论 參與評論 參與留言 点击率 點擊率 點擊 点击数 点击 浏览量 浏览
瀏覽次數 瀏覽 阅读量 阅读数 阅读 閱讀 閲讀 人气 人氣 次數 次数 评论数 评论
評論 留言 回应 回應 コメント 댓글 comment comments 點讚 点赞 按讚 讚好 讚 赞
喜欢 喜歡 like 举报 舉報 纠错 糾錯 报错 听新闻 聽新聞 朗讀 朗读 语音 語音
简体 簡體 简 繁體 繁体 繁 手机看 手機看 返回顶部 返回頂部 回到顶部 返回
关闭窗口 關閉視窗 关闭 關閉 小 中 大 a x bluesky 转贴 轉貼 短訊 短信 二维码 二維碼 qr_code`

// sectionMarkers head a list that is no part of the article. The whole line
// must match.
var sectionMarkers = regexp.MustCompile(`(?i)^[【\[〔■●▶►◆＞>\s]*(?:` +
	`相关(?:文章|新闻|阅读|报道|链接|推荐|专题|内容|资讯|话题|标签)?|相關(?:文章|新聞|閱讀|報道|報導|連結|推薦|專題|內容|資訊|話題|標籤)?|` +
	`延伸(?:阅读|閱讀|閲讀)|(?:推荐|推薦|编辑推荐|編輯推薦|编者推荐|為你推薦|为你推荐|精选|精選)(?:阅读|閱讀|文章|新闻|新聞)?|` +
	`(?:热门|熱門|最新|更多|今日|最热|最熱|本周)(?:文章|新闻|新聞|推荐|推薦|阅读|閱讀|专题|專題|话题|話題|标签|標籤|资讯|資訊|内容|內容|评论|評論|专栏|專欄|排行榜?)|` +
	`(?:同一|同|本|该|該)?(?:专栏|專欄|栏目|欄目|作者)(?:的)?(?:其他|更多|最新)(?:文章|作品)?|(?:其他|更多|作者其他)(?:文章|作品|专栏|專欄)|` +
	`猜你喜[欢歡]|你可能(?:也)?(?:感兴趣|感興趣|喜欢|喜歡|會喜歡|会喜欢).{0,6}|大家都在看|热榜|熱榜|排行榜|热点|熱點|` +
	`標籤|标签|关键词|關鍵字|tags?|上一篇.*|下一篇.*|上一页|下一页|上一頁|下一頁|` +
	`関連記事|関連リンク|関連ニュース|おすすめ記事|人気記事|あわせて読みたい|最新記事|관련\s?기사|인기\s?기사|많이 본 뉴스|추천\s?기사|` +
	`related(?: articles?| stories| news| posts| content| topics)?|read more|more(?: stories| news| from.*)|` +
	`recommended(?: for you)?|trending|most (?:read|popular|viewed)|you (?:may|might) (?:also )?like.*|see also` +
	`)[】\]〕\s:：»›>＞…]*$`)

// commentMarkers head the readers' comments: nothing after them is the article.
var commentMarkers = regexp.MustCompile(`(?i)^(?:(?:发表|發表|我要|网友|網友|最新|全部|热门|熱門|读者|讀者|查看|精彩|文章)?(?:评论|評論|留言|回应|回應|` +
	`跟帖|讨论|討論)(?:区|區|列表)?|コメント(?:欄|一覧|する)?|댓글(?:쓰기)?|comments?|leave a (?:reply|comment)|post a comment|` +
	`add a comment)\s*[（(]?\d*[)）]?\s*[条條則则件개]?[:：]?$`)

// furnitureLines begin lines that are never part of an article.
var furnitureLines = regexp.MustCompile(`(?i)^[【\[〔（(■●▶►◆>＞\s]*(?:返回(?:专栏|專欄|列表|首页|首頁|上一页|上一頁|目录|目錄|栏目)|` +
	`返回.{0,12}$|上一篇[:：]|下一篇[:：]|` +
	`责任编辑|責任編輯|责编|責編|编辑[:：]|編輯[:：]|校对|校對|网络编辑|網絡編輯|` +
	`延伸(?:阅读|閱讀|閲讀)[:：】\]〕]|相关(?:阅读|文章|新闻|报道)[:：]|相關(?:閱讀|文章|新聞|報道|報導)[:：]|推荐阅读[:：]|推薦閱讀[:：]|関連記事[:：]|관련\s?기사[:：]|` +
	`read more[:：]|related[:：]|see also[:：]|also read[:：]|` +
	`扫描.{0,6}二维码|掃描.{0,6}二維碼|长按.{0,6}二维码|扫一扫|掃一掃|(?:请|請|欢迎|歡迎)?(?:关注|關注|追蹤).{0,12}(?:公众号|公眾號|微信|专页|專頁|頻道|频道|` +
	`facebook|instagram|telegram|whatsapp)|` +
	`(?:立即|免費|免费)?(?:下载|下載).{0,10}(?:app|应用|應用|客户端|客戶端)|(?:点击|點擊|按此)(?:这里|這裡|此处|此處|进入|進入|查看|下载|下載|訂閱|订阅)|` +
	`(?:廣告|广告|advertisement|sponsored|スポンサーリンク|広告|광고)$|copyright\b|©|版權所有|版权所有|all rights reserved|無断転載|무단\s?전재|저작권자|` +
	`.{0,24}(?:下载|下載|尽在|盡在|关注|關注).{0,16}app\s*[。！!]?$|(?:点赞|點讚|点个赞|讚好)[、，,和].{0,20}(?:支持|关注|關注|鼓励|鼓勵)[。！!]?$|` +
	`[-—–=*·（(\s]*(?:end|the end|完|本文完|全文完)[-—–=*·）)\s]*$|[\w.+-]+@[\w-]+\.[\w.-]+$|` +
	`share (?:this|on|via)?(?: ?(?:article|story|page|post))?\s*[:：].{0,60}$|` +
	`share this(?: (?:article|story|page|post))?$|(?:sign up|subscribe|register) (?:for|to) (?:our|the|my)\b|` +
	`follow us\b|get the latest\b|` +
	`(?:登录|登入|登錄|註冊|注册).{0,8}(?:评论|評論|发表|發表|留言)|标签[:：]|標籤[:：]|关键词[:：]|關鍵字[:：]|tags?[:：])`)

// notesHead is the heading of what an article has at its end.
var notesHead = regexp.MustCompile(`(?i)^[【\[〔（(\s]*(?:` + postscriptWords + `|注释|註釋|注解|註解|脚注|腳註|附注|附註|尾声|尾聲|` +
	`参考(?:资料|文献|书目)|參考(?:資料|文獻|書目)|資料來源|资料来源|注記|参考文献|あとがき|각주|참고문헌|foot ?notes?|notes|references|sources)[】\]〕）)\s:：]*$`)
